"""Every scene of the gallery, looked at by machine."""

# The walk knows both languages and all sizes: `python -m tests.gallery.walk HOME en 130
# 1280 720` prints what it finds. Here stand those that every change must leave whole.
WALKS = {"zh-100": ("zh_CN", "100", "1366", "768")}
