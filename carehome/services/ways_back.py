"""The way back from each deed: it is undone, or it is put right in another way."""

from dataclasses import dataclass
from enum import StrEnum

from carehome.i18n import N_
from carehome.services.deeds import DEED_NAMES


class Place(StrEnum):
    """Where that is put right which cannot be undone."""

    HOME = "home"
    ACCOUNTS = "accounts"
    OWN_ACCOUNT = "own-account"
    PAPERS = "papers"
    RECEIPT = "receipt"
    MONEY = "money"
    MONTH_END = "month-end"
    ROLL = "roll"


@dataclass(frozen=True, slots=True)
class Correction:
    """Why a deed stays, what mends it, and where; without `do` no button is needed."""

    why: str
    do: str = ""
    place: Place | None = None


class Plain(StrEnum):
    """The two ways back that need no words."""

    UNDO = "undo"
    PASSING = "passing"  # a look, a print, a draft: nothing has to be taken back


Way = Correction | Plain

_STEP = Correction(
    N_(
        "Every step of an admission can be done again until it is finished, and the "
        "admission can be given up as a whole."
    )
)
_RECEIPT = Correction(
    N_(
        "Money that was booked stays in the books. If it is wrong, void its receipt; "
        "the number is kept and the amount counts no more."
    ),
    N_("Open the receipt"),
    Place.RECEIPT,
)
_DEPOSIT = Correction(
    N_(
        "A movement of the deposit stays in the books. What is wrong with it is put "
        "right by another movement."
    ),
    N_("Open the deposit"),
    Place.MONEY,
)
_BOOKED = Correction(
    N_(
        "Money that was booked stays in the books. If it is wrong, void the entry with "
        "a reason; it counts no more."
    )
)
_DEPARTURE = Correction(
    N_(
        "Every step of a departure can be done again until the next one stands on it, "
        "and an order can be cancelled."
    )
)
_SIGNED = Correction(
    N_(
        "Until all sides have signed, a signature can be noted and taken back under "
        "Settlement. Then the settlement is sealed."
    )
)
_LISTED = Correction(
    N_(
        "An approved price list stays as it is. Take it back while no bill was posted "
        "by it, or correct it by a new list."
    )
)
_OWN_PRICE = Correction(
    N_("An approved personal price stays in the books. End it in the resident's file.")
)
_SETTLED = Correction(
    N_(
        "What was billed, taken off or given back stays in the books. Later facts are "
        "billed by an additional final bill; a wrong voucher can be void."
    ),
    N_("Open bills and deposit"),
    Place.MONEY,
)
_REFUND = Correction(
    N_(
        "A refund stays as it was asked for. Until it is paid out it can be taken back "
        "under Fees, Arrears, Refunds."
    )
)
_PASSWORD = Correction(
    N_("The former password opens nothing any more. Set another one if need be."),
    N_("Open the accounts"),
    Place.ACCOUNTS,
)

_FOUND = Correction(
    N_(
        "What was found is a hazard of the register now. It leaves the register only "
        "by being put right, re-checked and closed."
    )
)

_HAZARD = Correction(
    N_(
        "The register of hazards keeps every step. What was put right wrongly is sent "
        "back with a reason; a plan or a deadline is set anew."
    )
)

_ROUND = Correction(
    N_(
        "A finished round stays as it is. If it is wrong, make it void with a reason "
        "and enter it anew; both stay in the list."
    )
)

_OTHERWISE: dict[str, Way] = {
    **dict.fromkeys(
        ("PriceVersions.approve", "PriceVersions.take_back", "PriceVersions.bring"),
        _LISTED,
    ),
    "OwnPrices.approve": _OWN_PRICE,
    "home.create": Correction(
        N_("The home is there for good; its details can be changed."),
        N_("Open the home's profile"),
        Place.HOME,
    ),
    "home.recover": _PASSWORD,
    "Accounts.add": Correction(
        N_("An account is kept for the log. Close it, and nobody signs in with it."),
        N_("Open the accounts"),
        Place.ACCOUNTS,
    ),
    "Accounts.deactivate": Correction(
        N_("The password of a closed account is gone. Open the account with another."),
        N_("Open the accounts"),
        Place.ACCOUNTS,
    ),
    "Accounts.reset_password": _PASSWORD,
    "Accounts.renew_recovery_key": Correction(
        N_("The former recovery key opens nothing any more. Put the new one away."),
        N_("Open the accounts"),
        Place.ACCOUNTS,
    ),
    "Accounts.change_own_password": Correction(
        N_("The former password opens nothing any more. Choose another if need be."),
        N_("Open my account"),
        Place.OWN_ACCOUNT,
    ),
    "Residents.show_identity": Plain.PASSING,
    "Residents.paper": Plain.PASSING,
    "Residents.remove_paper": Correction(
        N_("A scan that was removed is not kept anywhere. Add the file once more."),
        N_("Open the documents"),
        Place.PAPERS,
    ),
    "SafetyPapers.scan": Plain.PASSING,
    "Lessons.open_hazard": _FOUND,
    "Equipment.open_hazard": _FOUND,
    "Incidents.add": Correction(
        N_(
            "An incident that was recorded stays. Correct what is told of it, or "
            "close it and say that it was a mistake."
        )
    ),
    "SafetyPapers.add_finding": _FOUND,
    "Inspections.add_finding": _FOUND,
    "SelfAssessments.judge": Plain.PASSING,
    "SelfAssessments.submit": Correction(
        N_(
            "A submitted self-assessment is sealed. What is to be judged otherwise is "
            "judged in a new one, which can start from this one."
        )
    ),
    "Rounds.keep": Plain.PASSING,
    "Rounds.print_out": Plain.PASSING,
    "Rounds.attach": Plain.PASSING,
    "Rounds.finish": _ROUND,
    "Rounds.finish_late": _ROUND,
    "Rounds.void": Correction(
        N_("A void round stays void. Its time is free again: make or enter it anew.")
    ),
    "Rounds.discard": Correction(
        N_("The sheet was thrown away with its code. Open another one for the round.")
    ),
    "Hazards.open": Correction(
        N_(
            "What was entered stays in the register. If it was a mistake, report it "
            "as put right, say so, and let somebody else re-check and close it."
        )
    ),
    "Hazards.plan": _HAZARD,
    "Hazards.rectify": _HAZARD,
    "Hazards.pass_check": _HAZARD,
    "Hazards.send_back": Correction(N_("Report it as put right once more.")),
    "Hazards.close": Correction(
        N_(
            "A closed hazard stays closed. If it is there again, enter it as a new "
            "hazard and name the number of the old one."
        )
    ),
    "Staff.show_identity": Plain.PASSING,
    "Staff.paper": Plain.PASSING,
    "Staff.remove_paper": Correction(
        N_("A scan that was removed is not kept anywhere. Add the file once more.")
    ),
    "StaffRolls.read_in": Correction(
        N_("A reading is taken back as a whole, where the rolls are read.")
    ),
    "StaffRolls.take_back": Correction(
        N_("Who was in the roll can be read in once more.")
    ),
    "Admissions.begin": _STEP,
    "Admissions.begin_again": _STEP,
    "Admissions.take_known": _STEP,
    "Admissions.enter_person": _STEP,
    "Admissions.enter_contacts": _STEP,
    "Admissions.choose_bed": _STEP,
    "Admissions.agree": _STEP,
    "Admissions.pass_deposit": _STEP,
    "Admissions.keep_draft": Plain.PASSING,
    "Assessments.keep": Plain.PASSING,
    "Assessments.finish": Correction(
        N_(
            "A finished ability assessment stays as it is. If it is wrong, void it "
            "and make another; its number is kept."
        )
    ),
    "Assessments.void": Correction(
        N_("A void assessment stays void. Make another one.")
    ),
    "Assessments.discard": Correction(
        N_("What was filled in is gone. Begin the assessment once more.")
    ),
    "Rolls.read_in": Correction(
        N_("A reading is taken back as a whole, where the rolls are read."),
        N_("Open the readings"),
        Place.ROLL,
    ),
    "Rolls.take_back": Correction(
        N_("Who was in the roll can be read in once more."),
        N_("Read a roll"),
        Place.ROLL,
    ),
    "Billing.post": Correction(
        N_(
            "Posted bills stay as they are. Correct what was wrong, and the next "
            "month's bills make up the difference."
        ),
        N_("Open the month end"),
        Place.MONTH_END,
    ),
    "Payments.take": _RECEIPT,
    "Receipts.void": Correction(
        N_("A void number stays void. If the money is there, take it once more."),
        N_("Open bills and deposit"),
        Place.MONEY,
    ),
    "Risks.begin": Plain.PASSING,
    "Risks.keep": Plain.PASSING,
    "Risks.finish": Correction(
        N_("A finished assessment stays as it is. Judge anew in a new one.")
    ),
    "Lists.save": Plain.PASSING,
    "RatingExports.write": Plain.PASSING,
    "FigureReports.write_workbook": Plain.PASSING,
    "FigureReports.write_kept_workbook": Plain.PASSING,
    "FigureReports.keep": Correction(
        N_(
            "A report that was handed in stays as it is. If it is wrong, open it among "
            "the reports kept and correct it: a new report names the old one."
        )
    ),
    "ChangeLog.export": Plain.PASSING,
    "Arrears.write_workbook": Plain.PASSING,
    "Arrears.write_prepaid_workbook": Plain.PASSING,
    "Refunds.ask": _REFUND,
    "Refunds.approve": _REFUND,
    "Refunds.refuse": Correction(N_("What was refused stays so. Ask once more.")),
    "Refunds.take_back": Correction(
        N_("What was taken back stays so. Ask for the refund once more.")
    ),
    "Refunds.pay_out": _RECEIPT,
    "BedFigures.write_workbook": Plain.PASSING,
    "HazardPapers.write_workbook": Plain.PASSING,
    "EquipmentPapers.save_ledger": Plain.PASSING,
    "EquipmentPapers.save_dues": Plain.PASSING,
    "Folders.write_workbook": Plain.PASSING,
    "Papers.write_over_held_workbook": Plain.PASSING,
    "Opening.note_key_put_away": Plain.PASSING,
    "Papers.write_receipt": Plain.PASSING,
    "Papers.count_print": Plain.PASSING,
    "Deposits.take": _RECEIPT,
    "Deposits.refund": _RECEIPT,
    "Deposits.spend_in_emergency": _DEPOSIT,
    "Deposits.set_off": _DEPOSIT,
    "Deposits.put_back": _RECEIPT,
    "DepositAccount.draw": _BOOKED,
    "DepositAccount.void_draw": Correction(
        N_("A void draw stays so. If the money was drawn after all, draw it again.")
    ),
    "BankLines.post": _RECEIPT,
    "Payers.take": _RECEIPT,
    "Payers.give_back": _BOOKED,
    "Payers.void_back": Correction(N_("What is void stays void. Enter it once more.")),
    **dict.fromkeys(
        ("Payers.charge_family", "Payers.write_off"),
        Correction(
            N_(
                "What a payer refused stays in the books. If the payer pays after all, "
                "take it back with a reason under Fees, Payers."
            )
        ),
    ),
    "Payers.take_back": Correction(
        N_("What was taken back stays so. Enter what the payer refuses once more.")
    ),
    "PayerStatements.send": Correction(
        N_("What was sent stays as it was. Send a new one: the newest counts.")
    ),
    "BankLines.accept": Correction(
        N_(
            "What was said of a line of the bank is taken back in the list of all "
            "lines. A receipt that was issued for it is voided first."
        )
    ),
    "DayCloses.close": Correction(
        N_(
            "A count that is signed for stays. If it was wrong, the director opens the "
            "day again, and it is counted once more."
        )
    ),
    "DayCloses.reopen": Correction(
        N_("Whose day is open again counts once more and signs for it.")
    ),
    "Tills.hand_over": _BOOKED,
    "Tills.pay_in": _BOOKED,
    "Tills.void": Correction(
        N_("What is void stays so. If cash changed hands after all, enter it again.")
    ),
    "Books.close": Correction(
        N_("The director can open the newest closed month again, with a reason.")
    ),
    "Books.reopen": Correction(N_("Close the month once more.")),
    "Subsidies.hand_in": Correction(
        N_("Take the claim back with a reason, and hand in a new one.")
    ),
    **dict.fromkeys(
        ("Subsidies.grant", "Subsidies.refuse", "Subsidies.take_back"),
        Correction(
            N_("What became of a claim is kept. Take it back, and make a new one.")
        ),
    ),
    "Subsidies.receive": Correction(N_("Void the money with a reason.")),
    "Subsidies.void_money": Correction(
        N_("What is void stays void. Enter it once more.")
    ),
    "Books.write_journal_workbook": Plain.PASSING,
    "Books.write_journal_csv": Plain.PASSING,
    **dict.fromkeys(
        (
            *("TrustMoney.take", "TrustMoney.spend", "TrustMoney.hand_out"),
            *("TrustTill.draw", "Donations.take", "Donations.use"),
        ),
        _BOOKED,
    ),
    **dict.fromkeys(
        (
            *("TrustMoney.void", "TrustTill.void_draw"),
            *("Donations.void", "Donations.void_use"),
        ),
        Correction(N_("What is void stays void. Enter it once more.")),
    ),
    "TrustTill.count": Correction(
        N_("A count stays. Count once more: the newest one counts.")
    ),
    "Departures.order": _DEPARTURE,
    "Departures.take_up": _DEPARTURE,
    "Departures.change_order": _DEPARTURE,
    "Departures.leave": _DEPARTURE,
    "Departures.undo_leaving": _DEPARTURE,
    "Departures.cancel": Correction(
        N_("A cancelled order stays as history. Order the departure once more.")
    ),
    "Departures.bill": _SETTLED,
    "Departures.name_receiver": _DEPARTURE,
    "Departures.show_identity": Plain.PASSING,
    "Departures.take_off": _SETTLED,
    "Departures.settle": _SETTLED,
    "Departures.sign": _SIGNED,
    "Departures.unsign": _SIGNED,
    "Departures.tick": _DEPARTURE,
    "Departures.untick": _DEPARTURE,
    "Departures.finish": Correction(
        N_("A finished departure stays finished. Admit the person again if need be.")
    ),
    "Departures.keep_draft": Plain.PASSING,
    "Departures.count_print": Plain.PASSING,
    "Agreements.missing": Plain.PASSING,
    "Agreements.draw_up": Correction(
        N_(
            "The number stays with the agreement. Until it is signed, its text can be "
            "drawn up anew as often as need be."
        )
    ),
    "Agreements.write_paper": Plain.PASSING,
    "Agreements.write_word": Plain.PASSING,
    "Agreements.add_scan": Correction(
        N_(
            "The scan of an agreement is kept by law. The director can take out what "
            "was filed by mistake, with a reason."
        ),
        N_("Open the documents"),
        Place.PAPERS,
    ),
    "AgreementTemplates.read_in": Correction(
        N_("A version of the text stays. Read in a better one, and it is used instead.")
    ),
    "Retention.destroy": Correction(N_("What was destroyed is gone for good.")),
    "Retention.take_out": Correction(
        N_("A scan that was removed is not kept anywhere. Add the file once more."),
        N_("Open the documents"),
        Place.PAPERS,
    ),
    "Requests.approve": Correction(
        N_(
            "An approval can be taken back in the list of requests: the roster and the "
            "leave are then as before, and the request is open again."
        )
    ),
    "Requests.take_back": Correction(N_("Approve the request once more.")),
    "SickCalls.call_in": Correction(
        N_(
            "A sick call can be taken back in the list of requests: the roster and the "
            "leave are then as before."
        )
    ),
    "RosterPapers.write_workbook": Plain.PASSING,
    "Payroll.write": Plain.PASSING,
    "Payroll.write_with_pay": Plain.PASSING,
    "Rosters.set_cells": Plain.PASSING,
    "Rosters.lock": Plain.PASSING,
    "Rosters.unlock": Plain.PASSING,
    "Rosters.change_published": Correction(
        N_(
            "People go by this roster, so the change and its reason stay in the log. "
            "Change the day once more."
        )
    ),
    "Rosters.publish": Correction(
        N_(
            "Until its month begins, a published roster can be withdrawn. After that "
            "change single days with a reason."
        )
    ),
    "Rosters.withdraw": Correction(N_("Publish the roster once more.")),
    "SafetyForms.take_presets": Correction(
        N_("Checklists stay. One that is not wanted can be taken out of use.")
    ),
    "SafetyForms.add": Correction(
        N_("Checklists stay. One that is not wanted can be taken out of use.")
    ),
    "SafetyForms.save": Correction(
        N_(
            "A version of a checklist stays, since rounds may be made by it. Change "
            "the checklist once more; the next round uses the newest version."
        )
    ),
    "RoundPlans.add": Correction(
        N_("A plan stays, so that missed rounds can be told. It can be ended.")
    ),
    "RoundPlans.add_at": Correction(
        N_("A plan stays, so that missed rounds can be told. It can be ended.")
    ),
    "RoundPlans.plan_suggested": Correction(
        N_(
            "The plan begins tomorrow. Lines that are not wanted can be chosen "
            "together and ended today; nothing was ever due by them then."
        )
    ),
    "RoundPlans.change": Correction(
        N_("The change counts from tomorrow. Change the plan once more.")
    ),
    "RoundPlans.end": Correction(N_("Plan the round once more.")),
    "RoundPlans.end_all": Correction(N_("Plan the rounds once more.")),
    "LastDeed.undo": Correction(
        N_("This was undone. If it is wanted after all, do it once more.")
    ),
}

UNDONE = frozenset(
    {
        *(
            "Home.change_profile",
            "Home.change_codes",
            "Accounts.change_role",
            "Opening.waive",
        ),
        *("Staff.save", "Residents.change_person", "Residents.set_contacts"),
        *("Staff.add", "Staff.change", "Staff.set_posts", "Staff.add_certificate"),
        *("Staff.change_certificate", "Staff.remove_certificate"),
        *("Staff.add_contract", "Staff.change_contract", "Staff.remove_contract"),
        *("Staff.add_leave", "Staff.change_leave", "Staff.remove_leave"),
        *("Staff.save_maternity", "Staff.remove_maternity", "Staff.add_paper"),
        *("StaffLists.save_kind", "StaffLists.save_post", "StaffLists.save_subject"),
        *("StaffLists.set_rules", "StaffLists.save_unit"),
        *("Rounds.start", "Rounds.start_extra", "Rounds.sign", "Rounds.set_limits"),
        "Hazards.set_rules",
        *("Equipment.add", "Equipment.change", "Equipment.put_on_plan"),
        *("Equipment.take_off_plan", "Equipment.record", "Equipment.remove_service"),
        *("Equipment.scrap", "Equipment.take_back_scrapping", "Equipment.save_kind"),
        *("Equipment.add_plan", "Equipment.remove_plan", "EquipmentRolls.read_in"),
        *("SafetyPapers.save", "SafetyPapers.remove", "SafetyPapers.set_rules"),
        *("Inspections.save", "Inspections.remove", "Inspections.give_answer"),
        *("Trainings.save", "Trainings.remove"),
        *("Drills.plan", "Drills.change", "Drills.hold", "Drills.call_off"),
        *("Drills.correct", "Drills.plan_several", "DrillSettings.set_rules"),
        "EmergencyPlans.add_scan",
        *("FireTrainings.save", "FireTrainings.remove"),
        *("FireTrainings.set_subjects", "EmergencyPlans.save", "EmergencyPlans.issue"),
        *("Incidents.change", "Incidents.report", "Incidents.learn"),
        "Incidents.close",
        *("Pay.save", "Pay.remove", "Allowances.draft_month"),
        *("Allowances.draft_bonuses", "Allowances.drop", "Allowances.mark_claimed"),
        *("Allowances.mark_received", "Allowances.take_back"),
        *("Residents.set_categories", "Residents.set_grade", "Residents.set_meal"),
        *("Residents.add_agreement", "Residents.change_agreement"),
        *("Residents.record_absence", "Residents.record_return"),
        *("Residents.correct_absence", "Residents.remove_absence"),
        *("Residents.add_paper", "Residents.discharge", "Residents.undo_discharge"),
        *("Residents.correct_admission", "Admissions.finish", "Admissions.give_up"),
        *("Presence.set_way", "Presence.take_over", "BedFigures.set_target"),
        *("HomeCalendar.set_day", "HomeCalendar.clear_day"),
        *("Rosters.copy_week", "Rosters.lay_pattern", "Rosters.take_over"),
        *("Rosters.add_wish", "Rosters.remove_wish"),
        *("Requests.add", "Requests.withdraw", "Requests.decline"),
        *("Shifts.save_kind", "Shifts.set_active", "Shifts.set_floors"),
        *("Shifts.set_need", "Shifts.remove_need", "Shifts.set_ratios"),
        "Shifts.switch_on",
        *("RosterWeights.set_weight", "RosterWeights.take_defaults"),
        *("Assessments.begin", "Assessments.raise_flag", "Assessments.drop_flag"),
        "Assessments.set_rules",
        *("Beds.move", "Beds.reserve", "Beds.release", "Beds.send_cleaning"),
        *("Beds.set_out_of_service", "Beds.set_ready", "Beds.add_building"),
        *("Beds.add_floor", "Beds.add_rooms", "Beds.add_beds"),
        *("Beds.rename_building", "Beds.change_floor", "Beds.change_room"),
        *("Beds.change_bed", "Beds.remove_bed", "Beds.remove_room"),
        *("Beds.remove_floor", "Beds.remove_building", "Prices.save_item"),
        *("Prices.save_sheet", "Prices.set_own_price", "Prices.end_own_price"),
        *("Prices.remove_charge", "Prices.end_standing_charge", "Prices.end_cover"),
        "Charges.save",
        *("Prices.add_charge", "Prices.add_standing_charge", "Prices.add_cover"),
        *("Payers.save", "Payers.split", "PayerStatements.answer"),
        *("Reminders.remind", "Reminders.note_call"),
        *("ReminderSettings.set_rules", "ReminderSettings.set_text"),
        *("LateFacts.confirm", "LateFacts.leave", "LateFacts.reopen"),
        *("PriceVersions.drop", "PriceVersions.submit", "PriceVersions.withdraw"),
        *("PriceVersions.refuse", "OwnPrices.refuse", "OwnPrices.withdraw"),
        *("Notices.put_up", "Notices.take_down", "Notices.save_texts"),
        *("Deposits.hand_in_papers", "Deposits.bank", "Deposits.excuse_papers"),
        *("FeeRules.choose", "FeeRules.withdraw"),
        *("Agreements.sign", "Agreements.decide_trial", "Agreements.renew"),
        *("Agreements.terminate", "Retention.set_years", "Retention.keep_longer"),
        *("Enquiries.take", "Enquiries.change", "Enquiries.note"),
        *("Enquiries.plan_visit", "Enquiries.receive", "Enquiries.miss_visit"),
        *("Enquiries.call_off_visit", "Enquiries.keep_for_later", "Enquiries.lose"),
        *("Enquiries.reopen", "Enquiries.to_waiting_list", "Enquiries.to_admission"),
        *("WaitingList.change_rules", "WaitingList.take_default_rules"),
        *("WaitingList.join", "WaitingList.change", "WaitingList.take_off"),
        *("WaitingList.offer", "WaitingList.accept", "WaitingList.decline"),
        *("WaitingList.give_up_waiting", "WaitingList.withdraw", "Closures.close"),
        *("Closures.change", "Closures.remove", "KeptBeds.keep"),
        *("KeptBeds.give_free", "KeptBeds.allow", "KeptBeds.disallow"),
        *("SafetyForms.set_active", "RoundPlans.save_place"),
        *("RatingTables.take_over", "RatingTables.take_practice", "RatingTables.tie"),
        *("RatingTables.set_active", "RatingConditions.take_region"),
        *("RatingStanding.set_effort", "RatingPlan.add", "RatingPlan.change"),
        *("RatingPlan.set_done", "RatingPlan.remove", "RatingAwards.save"),
        "RatingAwards.remove",
        *("RatingConditions.save", "RatingConditions.set_active"),
        *("SelfAssessments.begin", "SelfAssessments.change"),
        *("SelfAssessments.share_out", "SelfAssessments.discard"),
        *("RatingVerdicts.say", "RatingEvidence.attach", "RatingEvidence.remove"),
        "RatingEvidence.take_earlier",
        *("Claims.answer", "Claims.clear", "Claims.hide", "Claims.show_again"),
        *("WhatIf.keep", "WhatIf.remove"),
        *("RoundPlans.set_place_active", "RoundPlans.order_places"),
        *("Risks.discard", "Risks.note_told", "Risks.note_signed"),
        *("Risks.end_measure", "Risks.change_suggestions"),
        *("Grades.change_rules", "Grades.add_consent", "Grades.withdraw"),
        *("Residents.extend_absence", "Residents.add_category"),
        *("Residents.change_category", "Residents.end_category"),
        *("Residents.remove_category", "Entitlements.set_state"),
        "Entitlements.clear_state",
        *("Bank.add_account", "Bank.change_account", "Bank.set_active"),
        *("Bank.take_over", "Bank.remove_statement", "BankLines.link"),
        *("BankLines.set_aside", "BankLines.unmatch", "BankLines.note"),
        *("Bank.teach_layout", "Bank.forget_layout"),
        *("Books.set_account", "Utilities.add", "Utilities.change"),
        *("Utilities.pay", "Utilities.remove", "Utilities.note_letter"),
        *("Donations.set_unnamed", "TrustMoney.file_paper"),
        *("Subsidies.leave_out", "Subsidies.take_in_again", "Subsidies.count_by"),
        *("Subsidies.set_rate", "Subsidies.remove_rate"),
        *("Overlaps.dismiss", "Overlaps.ask_again"),
    }
)

WAYS_BACK: dict[str, Way] = {**dict.fromkeys(UNDONE, Plain.UNDO), **_OTHERWISE}
PASSING = frozenset(deed for deed, way in _OTHERWISE.items() if way is Plain.PASSING)
NOWHERE = Correction(N_("This cannot be undone."))


def way_back(deed: str) -> Way:
    """Return the way back from a deed; one of a former version has none."""
    return WAYS_BACK[deed] if deed in DEED_NAMES else NOWHERE
