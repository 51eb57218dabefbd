"""The words in which the change log tells deeds and records."""

from carehome.i18n import N_, _

PROGRAM = "set-up"
DEED_NAMES = {
    "home.create": N_("Set up the home"),
    "home.recover": N_("Got back in with the recovery key"),
    "Home.change_profile": N_("Changed the home's profile"),
    "Home.change_codes": N_("Changed one of the home's lists"),
    "Opening.note_key_put_away": N_("Put the recovery key away"),
    "Opening.waive": N_("Said what the home does not need"),
    "Accounts.add": N_("Added an account"),
    "Accounts.change_role": N_("Changed a role"),
    "Accounts.deactivate": N_("Closed an account"),
    "Accounts.reset_password": N_("Reset a password"),
    "Accounts.renew_recovery_key": N_("Made a new recovery key"),
    "Accounts.change_own_password": N_("Changed their own password"),
    "Staff.save": N_("Changed a member of staff"),
    "Residents.show_identity": N_("Viewed an identity number"),
    "Residents.change_person": N_("Changed a resident's details"),
    "Residents.set_contacts": N_("Changed contacts"),
    "Residents.set_categories": N_("Changed resident categories"),
    "Residents.set_grade": N_("Changed a nursing grade"),
    "Residents.set_meal": N_("Changed a meal plan"),
    "Residents.add_agreement": N_("Added a service agreement"),
    "Residents.change_agreement": N_("Changed a service agreement"),
    "Residents.record_absence": N_("Recorded an absence"),
    "Residents.record_return": N_("Recorded a return"),
    "Residents.correct_absence": N_("Corrected an absence"),
    "Residents.remove_absence": N_("Removed an absence"),
    "Residents.add_paper": N_("Filed a document"),
    "Residents.paper": N_("Viewed a document"),
    "Residents.remove_paper": N_("Removed a document"),
    "Residents.discharge": N_("Discharged a resident"),
    "Residents.undo_discharge": N_("Took a discharge back"),
    "Residents.correct_admission": N_("Corrected the day of admission"),
    "Admissions.begin": N_("Began an admission"),
    "Admissions.begin_again": N_("Began a new admission of a known person"),
    "Admissions.take_known": N_("Admission: took a known person"),
    "Admissions.enter_person": N_("Admission: entered the person"),
    "Admissions.enter_contacts": N_("Admission: entered contacts"),
    "Admissions.choose_bed": N_("Admission: chose a bed"),
    "Admissions.agree": N_("Admission: settled agreement and prices"),
    "Admissions.pass_deposit": N_("Admission: passed the deposit"),
    "Admissions.keep_draft": N_("Admission: kept a draft"),
    "Admissions.finish": N_("Finished an admission"),
    "Admissions.give_up": N_("Gave up an admission"),
    "Rolls.read_in": N_("Read in a resident roll"),
    "Rolls.take_back": N_("Took back the reading of a roll"),
    "Beds.move": N_("Moved a resident to another bed"),
    "Beds.reserve": N_("Reserved a bed"),
    "Beds.release": N_("Released a reservation"),
    "Beds.send_cleaning": N_("Sent a bed to cleaning"),
    "Beds.set_out_of_service": N_("Took a bed out of service"),
    "Beds.set_ready": N_("Put a bed back into service"),
    "Beds.add_building": N_("Added a building"),
    "Beds.add_floor": N_("Added a floor"),
    "Beds.add_rooms": N_("Added rooms"),
    "Beds.add_beds": N_("Added beds"),
    "Beds.rename_building": N_("Renamed a building"),
    "Beds.change_floor": N_("Changed a floor"),
    "Beds.change_room": N_("Changed a room"),
    "Beds.change_bed": N_("Changed a bed"),
    "Beds.remove_bed": N_("Removed a bed"),
    "Beds.remove_room": N_("Removed a room"),
    "Beds.remove_floor": N_("Removed a floor"),
    "Beds.remove_building": N_("Removed a building"),
    "Prices.save_item": N_("Changed a fee item"),
    "Prices.save_sheet": N_("Changed a price list"),
    "Prices.set_own_price": N_("Agreed on a personal price"),
    "Prices.end_own_price": N_("Ended a personal price"),
    "Prices.remove_charge": N_("Took a charge back"),
    "Prices.end_standing_charge": N_("Ended a standing charge"),
    "Prices.end_cover": N_("Ended what another payer bears"),
    "Prices.add_charge": N_("Recorded a charge"),
    "Prices.add_standing_charge": N_("Recorded a standing charge"),
    "Prices.add_cover": N_("Recorded another payer"),
    "Billing.post": N_("Posted a month's bills"),
    "Payments.take": N_("Took a payment"),
    "Receipts.void": N_("Voided a receipt"),
    "Lists.save": N_("Saved a list as a workbook"),
    "ChangeLog.export": N_("Saved a list as a workbook"),
    "Papers.write_arrears_workbook": N_("Saved a list as a workbook"),
    "Papers.write_over_held_workbook": N_("Saved a list as a workbook"),
    "Papers.write_receipt": N_("Printed a receipt"),
    "Papers.count_print": N_("Printed a receipt"),
    "Deposits.take": N_("Took a deposit"),
    "Deposits.refund": N_("Gave deposit back"),
    "Deposits.spend_in_emergency": N_("Used deposit in an emergency"),
    "Deposits.hand_in_papers": N_("Filed the papers of an emergency"),
    "Deposits.set_off": N_("Set deposit off against arrears"),
    "Deposits.bank": N_("Paid deposits into the bank"),
    "LastDeed.undo": N_("Undid the last action"),
}

RECORD_NAMES = {
    "absence": N_("Absence"),
    "account": N_("Account"),
    "admission": N_("Admission"),
    "agreement": N_("Agreement"),
    "bed": N_("Bed"),
    "bed_use": N_("Bed use"),
    "bill": N_("Bill"),
    "bill_line": N_("Line of a bill"),
    "bill_run": N_("Bill run"),
    "building": N_("Building"),
    "charge": N_("Charge"),
    "code": N_("List entry"),
    "contact": N_("Contact"),
    "cover": N_("Other payer"),
    "deposit_entry": N_("Deposit"),
    "fee_item": N_("Fee item"),
    "floor": N_("Floor"),
    "grade_change": N_("Nursing grade"),
    "home": N_("Home"),
    "list": N_("List"),
    "meal_choice": N_("Meal plan"),
    "paper": N_("Document"),
    "payment": N_("Payment"),
    "payment_share": N_("Payment of a bill"),
    "personal_price": N_("Personal price"),
    "price": N_("Price"),
    "price_list": N_("Price list"),
    "receipt": N_("Receipt"),
    "resident": N_("Resident"),
    "resident_category": N_("Resident category"),
    "roll_import": N_("Reading of a roll"),
    "room": N_("Room"),
    "staff_member": N_("Member of staff"),
    "standing_charge": N_("Standing charge"),
    "stay": N_("Stay"),
}

ACTION_NAMES = {
    "insert": N_("Added"),
    "update": N_("Changed"),
    "delete": N_("Removed"),
    "look": N_("Viewed"),
}


def actor_name(actor: str) -> str:
    """Say who did something; what no person did was done by the program."""
    return _("The program") if actor == PROGRAM else actor


def deed_name(deed: str) -> str:
    """Say what a deed is; a deed without words keeps its name."""
    return _(DEED_NAMES[deed]) if deed in DEED_NAMES else deed


def record_name(record: str) -> str:
    """Say what kind of record something is."""
    return _(RECORD_NAMES[record]) if record in RECORD_NAMES else record


def action_name(action: str) -> str:
    """Say whether a record was added, changed, removed or looked at."""
    return _(ACTION_NAMES[action])
