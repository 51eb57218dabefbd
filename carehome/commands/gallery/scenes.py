"""All scenes, subject by subject."""

from carehome.commands.gallery import frame, pages, start

SCENES = (*start.SCENES, *frame.SCENES, *pages.SCENES)
