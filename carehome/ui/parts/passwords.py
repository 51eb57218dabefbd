"""Asking for a new password: typed twice, judged while it is typed."""

from carehome.i18n import _
from carehome.rules.passwords import SHORTEST, check_same, check_strength
from carehome.ui.kit.fields import SecretField
from carehome.ui.kit.forms import Form


def add_new_password(form: Form, name: str = "") -> SecretField:
    """Put the two fields of a new password into `form`; its value is `password`."""
    hint = _("At least {least} characters. A short sentence is easy to remember.")
    first = form.add(
        "password",
        SecretField(
            name or _("New password"),
            hint=hint.format(least=SHORTEST),
            check=check_strength,
        ),
    )
    again = SecretField(
        _("Once more"), check=lambda typed: check_same(first.typed(), typed)
    )
    form.add("again", again)
    return first
