"""What the roles may do, in words."""

from carehome.i18n import N_, _
from carehome.rules.rights import RIGHTS, Right, Role

RIGHT_NAMES = {
    Right.SEE_RESIDENTS: N_("see residents"),
    Right.CHANGE_RESIDENTS: N_("admit residents and change their files"),
    Right.SHOW_IDENTITY: N_("see identity numbers"),
    Right.READ_ROLL: N_("read in rolls"),
    Right.KEEP_PAPERS: N_("keep documents"),
    Right.RECORD_ABSENCE: N_("record leave and hospital"),
    Right.ASSESS: N_("make assessments"),
    Right.SET_GRADE: N_("set nursing grades"),
    Right.CLOSE_ADMISSION: N_("stop and resume admissions"),
    Right.SEE_BEDS: N_("see beds"),
    Right.CHANGE_BEDS: N_("change rooms and beds"),
    Right.ASSIGN_BEDS: N_("assign beds"),
    Right.SEE_FEES: N_("see fees"),
    Right.CHANGE_PRICES: N_("change price lists"),
    Right.APPROVE_PRICES: N_("approve price lists and personal prices"),
    Right.ASK_PRICE: N_("ask for personal prices"),
    Right.SET_PERSONAL_PRICE: N_("agree on personal prices"),
    Right.RECORD_CHARGES: N_("record charges"),
    Right.POST_BILLS: N_("post bills"),
    Right.SETTLE: N_("settle accounts at discharge"),
    Right.LEAVE_CLAIM: N_("close a settlement while money is owed"),
    Right.CONFIRM_OLD_FACTS: N_("confirm late corrections"),
    Right.TAKE_MONEY: N_("take money"),
    Right.VOID_RECEIPT: N_("void receipts"),
    Right.PAY_OUT_DEPOSIT: N_("pay out deposits"),
    Right.APPROVE_REFUND: N_("approve refunds"),
    Right.WRITE_OFF: N_("write off what a payer refused"),
    Right.KEEP_BOOKS: N_("keep the books and close months"),
    Right.REOPEN_DAY: N_("open a closed day at the till again"),
    Right.REOPEN_MONTH: N_("open a closed month again"),
    Right.DESTROY_PAPERS: N_("destroy papers past their time"),
    Right.SEE_STAFF: N_("see staff"),
    Right.CHANGE_STAFF: N_("change the files of staff"),
    Right.SEE_PAY: N_("see pay"),
    Right.CHANGE_PAY: N_("change pay"),
    Right.SEE_ROSTER: N_("see rosters"),
    Right.CHANGE_ROSTER: N_("make rosters"),
    Right.PUBLISH_ROSTER: N_("publish rosters"),
    Right.SET_COVER: N_("say how many people each shift needs"),
    Right.SEE_SAFETY: N_("see fire safety"),
    Right.MAKE_ROUNDS: N_("make rounds"),
    Right.CHANGE_SAFETY: N_("change plans, equipment and papers of fire safety"),
    Right.CLOSE_HAZARDS: N_("close hazards"),
    Right.CHANGE_RATING: N_("change rating tables and submit self-assessments"),
    Right.SEE_OVERVIEW: N_("see the director's overview"),
    Right.CHANGE_HOME: N_("change the home's profile and lists"),
    Right.MANAGE_ACCOUNTS: N_("manage accounts"),
    Right.READ_CHANGE_LOG: N_("read the change log"),
}
EVERYBODY = frozenset(
    {Right.USE_PROGRAM, Right.SEE_HOME, Right.SEE_RATING, Right.JUDGE_RATING}
)


def rights_of(role: Role) -> str:
    """Say in a sentence what people of a role may do."""
    rights = RIGHTS[role]
    if rights >= frozenset(Right):
        return _("May do everything.")
    names = _(", ").join(
        _(name) for right, name in RIGHT_NAMES.items() if right in rights
    )
    return _("May {deeds}.").format(deeds=names)
