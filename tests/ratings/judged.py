"""Self-assessments that are judged from the first item to the last."""

from carehome.services.ratings.assessments import Judgement


def judge_all(held, self_id, evidence="现场查看"):
    """Give every item all its points, so that the self-assessment can be submitted."""
    for line in held.sheet(self_id).lines:
        full = line.item.hundredths
        held.judge(self_id, line.item.item_id, Judgement(full, evidence=evidence))
