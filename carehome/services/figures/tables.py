"""Which tables figures are counted from, for the screens that show them."""

READ = frozenset(
    {
        *("absence", "agreement", "agreement_document", "allowance_claim"),
        *("assessment", "bed", "bed_closure", "bed_use", "bill", "bill_line"),
        *("bill_run", "building", "certificate", "certificate_kind", "charge"),
        *(
            "closure",
            "code",
            "contact",
            "contract",
            "cover",
            "departure",
            "deposit_entry",
        ),
        *("enquiry", "equipment_kind", "equipment_service", "evacuation"),
        *("fee_item", "floor", "form", "grade_change", "grade_rule", "home"),
        *("meal_choice", "outside_inspection", "paper", "paper_rule", "payment"),
        *("payment_share", "payout", "payout_share", "personal_price", "post"),
        *("post_need", "price", "price_list", "resident", "resident_category"),
        *("risk_assessment", "room", "roster", "roster_cell", "round_plan"),
        *("safety_drill", "safety_drill_floor", "safety_drill_role"),
        *("safety_drill_rule", "safety_drill_score", "safety_equipment"),
        *("safety_hazard", "safety_hazard_rule", "safety_incident"),
        *("safety_incident_duty", "safety_incident_report", "safety_lesson"),
        *("safety_paper", "safety_place", "safety_round", "safety_training"),
        *("safety_training_result", "safety_training_subject", "shift_kind"),
        *("staff_member", "staff_post", "standing_charge", "stay", "training"),
        *("training_attendance", "training_subject", "visit", "waiting_entry"),
    }
)
