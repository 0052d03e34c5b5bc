"""The outcomes that VoIP.ms names in ``status``, and what they mean.

Every reply carries a ``status``: ``success`` or a code. The codes that ask for
an answer of their own are named first. The meanings say each code in plain words
to the person who reads it: what is wrong and, where it is evident, the way out.
"""

from typing import Final

# The list that was asked for is empty: an answer, not an error.
EMPTY: Final = frozenset(
    {
        "no_account",
        "no_attachments",
        "no_callback",
        "no_callhunting",
        "no_callparking",
        "no_cdr",
        "no_client",
        "no_conference",
        "no_did",
        "no_disa",
        "no_emailtofax",
        "no_filter",
        "no_folder",
        "no_forwarding",
        "no_ivr",
        "no_mailbox",
        "no_member",
        "no_message",
        "no_messages",
        "no_mms",
        "no_numbers",
        "no_package",
        "no_phonebook",
        "no_phonebook_group",
        "no_queue",
        "no_rate",
        "no_recording",
        "no_ringgroup",
        "no_sipuri",
        "no_sms",
        "no_subaccount",
        "no_timecondition",
        "no_transactions",
        "no_vpri",
    }
)

# The account's e-mail address or API password is wrong.
CREDENTIALS: Final = frozenset({"invalid_credentials", "missing_credentials"})

# The account does not let this address, or anyone, use the API.
IP_NOT_ENABLED: Final = "ip_not_enabled"
API_NOT_ENABLED: Final = "api_not_enabled"

# These pass by themselves.
RATE_LIMIT: Final = "api_limit_exceeded"
MAINTENANCE: Final = "method_maintenance"

MEANINGS: Final[dict[str, str]] = {
    "account_with_dids": (
        "Numbers are still assigned to this account; route them elsewhere first."
    ),
    "api_limit_exceeded": (
        "Too many requests were made within a minute; wait a minute and try again."
    ),
    "api_not_enabled": (
        "The API is turned off; enable it in the API settings of your VoIP.ms account."
    ),
    "cancel_failed": "The number could not be canceled.",
    "can_have_only_one_profile_without_pin": (
        "Only one member of a conference may go without a PIN; give this one a PIN."
    ),
    "conference_member_relation_not_found": (
        "This member does not belong to the conference."
    ),
    "did_in_use": "This number is already taken; choose another.",
    "did_limit_reached": (
        "Your account cannot hold more numbers; ask VoIP.ms about a business account."
    ),
    "duplicated_name": "This name is already taken; choose another.",
    "duplicated_pin": "This PIN is already taken; choose another.",
    "e911_disabled": "E911 is not turned on for this number.",
    "e911_pending": (
        "E911 was requested for this number and its address is still being checked; "
        "wait for the result."
    ),
    "error_deleting_msg": "The message could not be deleted.",
    "error_moving_msg": "The voicemail message could not be moved to the folder.",
    "exceeds_file_size": "The file is too large; choose a smaller one.",
    "existing_did": (
        "A callback cannot call a number that is at VoIP.ms; give another phone number."
    ),
    "forwards_exceeded": (
        "Your account allows no more than four forwardings; delete one first."
    ),
    "invalid_account": (
        "The account is not valid; choose your main account or one of its sub-accounts."
    ),
    "invalid_address": "The address is missing or not written correctly.",
    "invalid_admin": (
        "The administrator setting of the conference member is not valid; it must be "
        "yes or no."
    ),
    "invalid_agent_ring_timeout": (
        "The time to ring an agent of the queue is not valid; give 5 to 60 seconds."
    ),
    "invalid_allowedcodecs": (
        "A codec is not valid; use ulaw, g729 and gsm with semicolons between them, "
        "or all."
    ),
    "invalid_announce_join_leave": (
        "The setting that announces who joins and leaves the conference is not valid; "
        "it must be yes or no."
    ),
    "invalid_announce_only_user": (
        "The setting that tells callers they are alone in the conference is not "
        "valid; it must be yes or no."
    ),
    "invalid_announce_position_frequency": (
        "The interval of the position announcement is not valid; give seconds in "
        "steps of 15 up to 1200, or none."
    ),
    "invalid_announce_round_seconds": (
        "The rounding of announced seconds is not valid; give 1 to 60, or none."
    ),
    "invalid_announce_user_count": (
        "The setting that announces how many are in the conference is not valid; it "
        "must be yes or no."
    ),
    "invalid_area_code": "The area code is not valid; give its three digits.",
    "invalid_attachid": "No attachment with this ID was found; check the ID.",
    "invalid_attachmessage": (
        "The setting that attaches voicemail messages to emails is not valid; it must "
        "be yes or no."
    ),
    "invalid_attach_file": (
        "This kind of file is not accepted; use a PDF, a Word document, a BMP or a JPG."
    ),
    "invalid_authtype": (
        "The authentication type is not valid; choose one that VoIP.ms offers."
    ),
    "invalid_authtype_h323": (
        "H.323 works only with IP authentication; choose that authentication type."
    ),
    "invalid_authtype_iax2": (
        "IAX2 works only with a username and password; choose that authentication type."
    ),
    "invalid_balancemanagement": (
        "The balance management is not valid; choose one that VoIP.ms offers."
    ),
    "invalid_base_recording": (
        "The path of the recording is not valid; choose one of your recordings."
    ),
    "invalid_billingtype": (
        "The billing type is not valid; choose 1 for per minute or 2 for flat rate."
    ),
    "invalid_callback": "The callback is not valid; check its ID or its web address.",
    "invalid_callback_enable": (
        "The callback switch is not valid; it must be on or off."
    ),
    "invalid_callback_retry": (
        "The setting that retries the callback is not valid; it must be on or off."
    ),
    "invalid_callerid": (
        "The caller ID is not valid; give ten digits without a leading 1."
    ),
    "invalid_calleridprefix": (
        "The caller ID prefix is not valid; keep it under 20 characters."
    ),
    "invalid_callerid_override": (
        "The caller ID override is not valid; give ten digits without a leading 1."
    ),
    "invalid_callhunting": (
        "The call hunting is not valid; choose one that exists in your account."
    ),
    "invalid_callparking": (
        "The call parking is not valid; choose one that exists in your account."
    ),
    "invalid_callrecording": (
        "The call recording is not valid; choose one that exists in your account."
    ),
    "invalid_call_type": "The call type is not valid; choose one that VoIP.ms offers.",
    "invalid_canada_routing": (
        "The route for calls to Canada is not valid; choose one that VoIP.ms offers."
    ),
    "invalid_carrier": "The carrier is not valid; choose one that VoIP.ms offers.",
    "invalid_charge": "The charge is not valid; give an amount such as 4.99.",
    "invalid_city": "The city is missing or not written correctly.",
    "invalid_client": (
        "The reseller client is not valid; choose one that exists in your account."
    ),
    "invalid_cnam": "The CNAM setting is not valid; it must be on (1) or off (0).",
    "invalid_codec": "The codec is not valid; choose one that VoIP.ms offers.",
    "invalid_conference": (
        "The conference is not valid; choose one that exists in your account."
    ),
    "invalid_contact": "The contact's phone number is not valid; give its digits only.",
    "invalid_country": (
        "The country is missing or not valid; give its two-letter code, such as US or "
        "CA."
    ),
    "invalid_countryid": "The country is not valid; choose one that VoIP.ms lists.",
    "invalid_credentials": "The email address or the API password is wrong.",
    "invalid_date": (
        "The date is not valid; write it as year, month and day, such as 2026-03-31."
    ),
    "invalid_daterange": "The dates are too far apart; ask for 92 days at most.",
    "invalid_datetime": (
        "The date and time are not valid; write them like 2026-03-31 18:30:00."
    ),
    "invalid_date_from": "The first date must come before the last one.",
    "invalid_dayrange": (
        "The range of days is not valid; check the first and the last weekday."
    ),
    "invalid_delay_before": (
        "The delay before calling back is not valid; give a number of seconds."
    ),
    "invalid_deletemessage": (
        "The setting that deletes voicemail messages is not valid; it must be yes or "
        "no."
    ),
    "invalid_description": (
        "The description is not valid; try a shorter or simpler one."
    ),
    "invalid_destination": (
        "The destination is not valid; choose one that exists in your account."
    ),
    "invalid_destination_folder": (
        "The folder to move to is not valid; choose one that exists."
    ),
    "invalid_devicetype": (
        "The device type is not valid; choose one that VoIP.ms offers."
    ),
    "invalid_dialtime": "The ring time is not valid; give a number of seconds.",
    "invalid_did": (
        "The number is not valid; give the ten digits of a number in your account."
    ),
    "invalid_digits": "The digits are not valid; a virtual number takes three.",
    "invalid_digit_timeout": (
        "The time allowed between digits is not valid; give a number of seconds."
    ),
    "invalid_disa": "The DISA is not valid; choose one that exists in your account.",
    "invalid_diversion_header": (
        "The diversion header setting is not valid; it must be on (1) or off (0)."
    ),
    "invalid_drop_silence": (
        "The setting that drops silence in the conference is not valid; it must be "
        "yes or no."
    ),
    "invalid_dst": "The destination is not a valid phone number; give ten digits.",
    "invalid_dtmfmode": "The DTMF mode is not valid; choose one that VoIP.ms offers.",
    "invalid_dtmf_digits": (
        "The DTMF digits are not valid; use only keys that a phone has."
    ),
    "invalid_email": "The email address is not valid or is already in use.",
    "invalid_email_attachment_format": (
        "The format of the email attachment is not valid; choose one that VoIP.ms "
        "offers."
    ),
    "invalid_email_enable": "The email switch is not valid; it must be on or off.",
    "invalid_enable_ip_restriction": (
        "The IP restriction switch is not valid; it must be on or off."
    ),
    "invalid_enable_pop_restriction": (
        "The server (POP) restriction switch is not valid; it must be on or off."
    ),
    "invalid_endhour": "The end hour is not valid; give 0 to 23.",
    "invalid_endminute": "The end minute is not valid; give 0 to 59.",
    "invalid_extension": "The extension is not valid; use digits only.",
    "invalid_extensions": (
        "This extension is reserved for a service such as 911; choose another."
    ),
    "invalid_extension_length": "The extension is too long; use five digits at most.",
    "invalid_extension_prefix": (
        "The extension begins with 068 or 097, which is not allowed; choose another."
    ),
    "invalid_failover_header": (
        "The failover routing is not valid; begin it with account, vm, fwd or none."
    ),
    "invalid_fax_id": "The fax is not valid; choose one that exists in your account.",
    "invalid_file": "The file is not valid; check its content and its format.",
    "invalid_filter": (
        "The caller ID filter is not valid; choose one that exists in your account."
    ),
    "invalid_firstname": "The first name is missing or not written correctly.",
    "invalid_foc_enddate": (
        "The end date of the transfer is not valid; write it as year, month and day, "
        "such as 2026-03-31."
    ),
    "invalid_foc_startdate": (
        "The start date of the transfer is not valid; write it as year, month and "
        "day, such as 2026-03-31."
    ),
    "invalid_folder": "The folder is not valid; choose one that exists.",
    "invalid_folder_id": (
        "The fax folder is not valid; choose one that exists in your account."
    ),
    "invalid_forwarding": (
        "The forwarding is not valid; choose one that exists in your account."
    ),
    "invalid_forwarding_did": (
        "A number cannot be forwarded to itself; give another phone number."
    ),
    "invalid_forward_enable": (
        "The forwarding switch is not valid; it must be on or off."
    ),
    "invalid_frequency_announcement": (
        "The interval of the announcement is not valid; give seconds in steps of 15 "
        "up to 1200, or none."
    ),
    "invalid_from_number": "The sender is not valid; choose a number in your account.",
    "invalid_fullname": "The full name is not valid; give first and last name.",
    "invalid_id": "VoIP.ms does not know this ID; check it.",
    "invalid_if_announce_position_enabled_report_e": (
        "The setting that announces the estimated wait is not valid; it must be yes, "
        "no or once."
    ),
    "invalid_internaldialtime": (
        "The ring time for internal calls is not valid; give 1 to 60 seconds."
    ),
    "invalid_internalvoicemail": (
        "The internal voicemail is not valid; choose one that exists in your account."
    ),
    "invalid_internationalroute": (
        "The route for international calls is not valid; choose one that VoIP.ms "
        "offers."
    ),
    "invalid_invoice_type": (
        "The invoice type is not valid; choose 0 for the United States or 1 for Canada."
    ),
    "invalid_ip": "The IP address is not valid; check it.",
    "invalid_ip_auth": (
        "An IP address does not go with password authentication; leave it empty."
    ),
    "invalid_ip_iax2": "An IP address does not go with IAX2; leave it empty.",
    "invalid_ivr": "The IVR is not valid; choose one that exists in your account.",
    "invalid_jitter_buffer": (
        "The jitter buffer setting is not valid; it must be yes or no."
    ),
    "invalid_join_announcement": (
        "The announcement for callers who join the queue is not valid; choose one of "
        "your recordings, or none."
    ),
    "invalid_join_empty_type": (
        "The setting for joining an empty queue is not valid; choose one that VoIP.ms "
        "offers."
    ),
    "invalid_language": (
        "The language is not valid; choose English (en), French (fr) or Spanish (es)."
    ),
    "invalid_lastname": "The last name is missing or not written correctly.",
    "invalid_listened": "The listened mark is not valid; it must be yes or no.",
    "invalid_location": "The location is not valid; choose one that VoIP.ms lists.",
    "invalid_lockinternational": (
        "The lock for international calls is not valid; choose one that VoIP.ms offers."
    ),
    "invalid_mailbox": (
        "The voicemail is not valid; choose one that exists in your account."
    ),
    "invalid_maximum_callers": (
        "The limit of callers in the queue is not valid; give 1 to 60, or unlimited."
    ),
    "invalid_maximum_wait_time": (
        "The longest wait in the queue is not valid; give seconds in steps of 30 up "
        "to 1200, or unlimited."
    ),
    "invalid_max_expiry": (
        "The longest registration time is not valid; give 60 to 3600 seconds."
    ),
    "invalid_member": (
        "The member is not valid; choose one that exists in your account."
    ),
    "invalid_member_delay": (
        "The delay before an agent is connected is not valid; give 1 to 15 seconds, "
        "or none."
    ),
    "invalid_message_num": (
        "The voicemail message is not valid; choose one that exists."
    ),
    "invalid_method": "VoIP.ms does not know this function.",
    "invalid_minute": "The rate per minute is not valid; give an amount such as 0.03.",
    "invalid_mixed_numbers": (
        "Toll-free and local numbers do not go together; make a separate order for "
        "each kind."
    ),
    "invalid_monthly": "The monthly fee is not valid; give an amount such as 3.50.",
    "invalid_musiconhold": (
        "The music on hold is not valid; choose one that VoIP.ms offers."
    ),
    "invalid_name": "The name is not valid; use letters and digits only.",
    "invalid_nat": "The NAT setting is not valid; choose one that VoIP.ms offers.",
    "invalid_note": "The note is not valid; keep it under 50 characters.",
    "invalid_number": "The phone number is not valid; check its digits.",
    "invalid_numbermembers": (
        "A list is not written correctly or differs in length; give every list the "
        "same number of items."
    ),
    "invalid_number_canadian": (
        "Canadian numbers cannot be moved with this kind of transfer; choose another "
        "kind."
    ),
    "invalid_number_exist": (
        "This number is already at VoIP.ms, so it cannot be moved there."
    ),
    "invalid_number_fax": "This fax number cannot be moved to VoIP.ms.",
    "invalid_number_porttype": (
        "Local numbers cannot be moved with this kind of transfer; choose another kind."
    ),
    "invalid_number_us": (
        "Numbers of the United States cannot be moved with this kind of transfer; "
        "choose another kind."
    ),
    "invalid_order": (
        "The order of calling the members is not valid; it must be follow or random."
    ),
    "invalid_package": (
        "The package is not valid; choose one that exists in your account."
    ),
    "invalid_password": (
        "The password is not valid; a voicemail takes four digits, a sub-account a "
        "longer mix of letters, digits and symbols."
    ),
    "invalid_password_auth": (
        "A password does not go with IP authentication; leave it empty."
    ),
    "invalid_password_ilegal_characters": (
        "The password has a character that is not allowed; use letters, digits and "
        "symbols such as !, $, & and *."
    ),
    "invalid_password_lessthan_8characters_long": (
        "The password is too short; use at least eight characters."
    ),
    "invalid_password_missing_lowercase": (
        "The password has no lowercase letter; add one."
    ),
    "invalid_password_missing_number": "The password has no digit; add one.",
    "invalid_password_missing_uppercase": (
        "The password has no capital letter; add one."
    ),
    "invalid_pause": (
        "The pause is not valid; give 0 to 10 seconds in steps of half a second."
    ),
    "invalid_payment": "The payment is not valid; give an amount such as 4.99.",
    "invalid_phonebook": (
        "The phonebook entry is not valid; choose one that exists in your account."
    ),
    "invalid_phonenumber": (
        "The phone number is not valid; check that every digit is there."
    ),
    "invalid_pin": "The PIN is not valid; choose another.",
    "invalid_pin_number": (
        "The PIN of your account with the current provider is missing."
    ),
    "invalid_playinstructions": (
        "The setting for voicemail instructions is not valid; it must be u or su."
    ),
    "invalid_pop_restriction": (
        "The list of allowed servers (POP) is not valid; choose servers that VoIP.ms "
        "offers."
    ),
    "invalid_portingid": "No number transfer with this ID was found; check the ID.",
    "invalid_porttype": (
        "The kind of number transfer is missing or not valid; choose one that VoIP.ms "
        "offers."
    ),
    "invalid_port_status": (
        "The status of the number transfer is not valid; choose one that VoIP.ms lists."
    ),
    "invalid_priority": "The priority is not valid; give a whole number.",
    "invalid_priority_weight": "The priority of the queue is not valid; give 1 to 60.",
    "invalid_protocol": "The protocol is not valid; choose one that VoIP.ms offers.",
    "invalid_provider_account": (
        "The account number with your current provider is missing."
    ),
    "invalid_provider_name": "The name of your current provider is missing.",
    "invalid_province": "The province is not valid; choose one that VoIP.ms lists.",
    "invalid_quantity": (
        "The quantity is not valid; give a whole number of at least one."
    ),
    "invalid_query": "The search text is not valid; try another.",
    "invalid_queue": "The queue is not valid; choose one that exists in your account.",
    "invalid_quiet": (
        "The setting that keeps conference announcements silent is not valid; it must "
        "be yes or no."
    ),
    "invalid_recording": (
        "The recording is not valid; choose one that exists in your account."
    ),
    "invalid_recording_sound_error_menu": (
        "The recording for an error in the conference menu is not valid; choose one "
        "of your recordings."
    ),
    "invalid_recording_sound_get_pin": (
        "The recording that asks for the conference PIN is not valid; choose one of "
        "your recordings."
    ),
    "invalid_recording_sound_has_joined": (
        "The recording that says who joined the conference is not valid; choose one "
        "of your recordings."
    ),
    "invalid_recording_sound_has_left": (
        "The recording that says who left the conference is not valid; choose one of "
        "your recordings."
    ),
    "invalid_recording_sound_invalid_pin": (
        "The recording for a wrong conference PIN is not valid; choose one of your "
        "recordings."
    ),
    "invalid_recording_sound_join": (
        "The sound for joining the conference is not valid; choose one of your "
        "recordings."
    ),
    "invalid_recording_sound_kicked": (
        "The recording for people removed from the conference is not valid; choose "
        "one of your recordings."
    ),
    "invalid_recording_sound_leave": (
        "The sound for leaving the conference is not valid; choose one of your "
        "recordings."
    ),
    "invalid_recording_sound_locked": (
        "The recording for callers to a locked conference is not valid; choose one of "
        "your recordings."
    ),
    "invalid_recording_sound_locked_now": (
        "The recording that confirms locking the conference is not valid; choose one "
        "of your recordings."
    ),
    "invalid_recording_sound_muted": (
        "The recording that confirms muting is not valid; choose one of your "
        "recordings."
    ),
    "invalid_recording_sound_only_one": (
        "The recording for one other person in the conference is not valid; choose "
        "one of your recordings."
    ),
    "invalid_recording_sound_only_person": (
        "The recording for being alone in the conference is not valid; choose one of "
        "your recordings."
    ),
    "invalid_recording_sound_other_in_party": (
        "The recording after the count of participants is not valid; choose one of "
        "your recordings."
    ),
    "invalid_recording_sound_participants_muted": (
        "The recording for muting all participants is not valid; choose one of your "
        "recordings."
    ),
    "invalid_recording_sound_participants_unmuted": (
        "The recording for unmuting all participants is not valid; choose one of your "
        "recordings."
    ),
    "invalid_recording_sound_place_into_conference": (
        "The recording for waiting until the conference starts is not valid; choose "
        "one of your recordings."
    ),
    "invalid_recording_sound_there_are": (
        "The recording before the count of participants is not valid; choose one of "
        "your recordings."
    ),
    "invalid_recording_sound_unlocked_now": (
        "The recording that confirms unlocking the conference is not valid; choose "
        "one of your recordings."
    ),
    "invalid_recording_sound_unmuted": (
        "The recording that confirms unmuting is not valid; choose one of your "
        "recordings."
    ),
    "invalid_record_calls": (
        "The setting that records calls is not valid; it must be on or off."
    ),
    "invalid_report_hold_time_agent": (
        "The setting that tells agents the wait is not valid; choose one that VoIP.ms "
        "offers."
    ),
    "invalid_resellerclient": (
        "The reseller client of the sub-account is not valid; choose one that exists "
        "in your account."
    ),
    "invalid_resellernextbilling": (
        "The next billing date is not valid; choose one that is not in the past."
    ),
    "invalid_resellerpackage": (
        "The reseller package is not valid; choose one that exists in your account."
    ),
    "invalid_response_timeout": (
        "The time to wait for input is not valid; give a number of seconds."
    ),
    "invalid_retry_timer": (
        "The wait before the queue tries its members again is not valid; give 5 to 60 "
        "seconds, or none."
    ),
    "invalid_ringgroup": (
        "The ring group is not valid; choose one that exists in your account."
    ),
    "invalid_ring_inuse": (
        "The setting for calling busy members of the queue is not valid; it must be "
        "yes or no."
    ),
    "invalid_route": "The route is not valid; choose one that VoIP.ms offers.",
    "invalid_routing_header": (
        "The routing is not valid; begin it with the kind of destination, such as "
        "account, vm or fwd."
    ),
    "invalid_rtp_hold_timeout": (
        "The RTP timeout during hold is not valid; give 1 to 3600 seconds."
    ),
    "invalid_rtp_timeout": "The RTP timeout is not valid; give 1 to 3600 seconds.",
    "invalid_saycallerid": (
        "The setting that speaks the caller ID is not valid; it must be yes or no."
    ),
    "invalid_saytime": (
        "The setting that speaks the time of a message is not valid; it must be yes "
        "or no."
    ),
    "invalid_security_code": (
        "The security code is not valid; use letters and digits only."
    ),
    "invalid_serverpop": (
        "The server (POP) is not valid; choose one that VoIP.ms offers."
    ),
    "invalid_setup": "The setup fee is not valid; give an amount such as 1.99.",
    "invalid_silence_threshold": (
        "The silence threshold is not valid; give 2000 to 3000 milliseconds in steps "
        "of 100."
    ),
    "invalid_sipuri": (
        "The SIP URI is not valid; choose one of your account or check its spelling."
    ),
    "invalid_sip_traffic": (
        "The setting for encrypted SIP traffic is not valid; it must be on or off."
    ),
    "invalid_skippassword": (
        "The setting that skips the voicemail password is not valid; it must be yes "
        "or no."
    ),
    "invalid_smpp_password": "The SMPP password is not valid; check it.",
    "invalid_smpp_url": "The SMPP address is not valid; check it.",
    "invalid_smpp_username": "The SMPP username is not valid; check it.",
    "invalid_sms": (
        "The text message is not valid; choose one that exists in your account."
    ),
    "invalid_sms_forward": (
        "The phone number that text messages are forwarded to is not valid; give ten "
        "digits."
    ),
    "invalid_snn": "The last four digits of the Social Security number are missing.",
    "invalid_speed_dial": "The speed dial is not valid; check its digits.",
    "invalid_starthour": "The start hour is not valid; give 0 to 23.",
    "invalid_startminute": "The start minute is not valid; give 0 to 59.",
    "invalid_start_muted": (
        "The setting that mutes new conference members is not valid; it must be yes "
        "or no."
    ),
    "invalid_state": "The state is not valid; choose one that VoIP.ms lists.",
    "invalid_statement_name": (
        "The company name is missing or not valid; give it as your current provider's "
        "bill shows it."
    ),
    "invalid_strategy": (
        "The ring strategy is not valid; choose one that VoIP.ms offers."
    ),
    "invalid_street_name": (
        "The street name is not valid; give it without the house number."
    ),
    "invalid_street_number": (
        "The house number is not valid; give it without the street name."
    ),
    "invalid_talking_threshold": (
        "The talking threshold is not valid; choose one of the values from 100 to 250 "
        "milliseconds that VoIP.ms offers."
    ),
    "invalid_talk_detection": (
        "The setting that shows who is talking is not valid; it must be yes or no."
    ),
    "invalid_tfnumber_porttype": (
        "Toll-free numbers cannot be moved with this kind of transfer; choose another "
        "kind."
    ),
    "invalid_thankyou_for_your_patience": (
        "The setting that thanks callers for their patience is not valid; it must be "
        "yes or no."
    ),
    "Invalid_threshold": (
        "The balance threshold is not valid; give an amount from 1 to 250."
    ),
    "invalid_timecondition": (
        "The time condition is not valid; choose one that exists in your account."
    ),
    "invalid_timeout": "The timeout is not valid; give a number of seconds.",
    "invalid_timerange": "The time range is not valid; check its start and its end.",
    "invalid_timezone": (
        "The time zone is not valid; call records take a number such as -5, voicemail "
        "a zone that VoIP.ms lists."
    ),
    "invalid_to_number": "The recipient's number is not valid; give all its digits.",
    "invalid_transcription_email": (
        "The email address for transcriptions is not valid; check it."
    ),
    "invalid_transcription_format": (
        "The transcription format is not valid; it must be html or text."
    ),
    "invalid_transcription_locale": (
        "The transcription language is not valid; choose from those that VoIP.ms lists."
    ),
    "invalid_transcription_redaction": (
        "The setting that hides private details in transcriptions is not valid; it "
        "must be yes or no."
    ),
    "invalid_transcription_sentiment": (
        "The setting for the mood of transcriptions is not valid; it must be yes or no."
    ),
    "invalid_transcription_summary": (
        "The setting for summaries of transcriptions is not valid; it must be yes or "
        "no."
    ),
    "invalid_type": "The type is not valid; choose one that VoIP.ms offers.",
    "invalid_urgent": "The urgent mark is not valid; it must be yes or no.",
    "invalid_username": "The username is not valid; choose another.",
    "invalid_voicemailsetup": (
        "The voicemail setup is not valid; choose one that VoIP.ms offers."
    ),
    "invalid_voice_announcement": (
        "The voice announcement of the queue is not valid; choose one of your "
        "recordings, or none."
    ),
    "invalid_weekdayend": (
        "The last weekday is not valid; write its first three letters, such as fri."
    ),
    "invalid_weekdaystart": (
        "The first weekday is not valid; write its first three letters, such as mon."
    ),
    "invalid_wrapup_time": (
        "The agent's rest after a call is not valid; give 1 to 60 seconds, or none."
    ),
    "invalid_zip": "The ZIP or postal code is missing or not written correctly.",
    "ip_not_enabled": (
        "This IP address may not use the API; add it to the allowed addresses in the "
        "API settings of your VoIP.ms account."
    ),
    "limit_reached": (
        "Today's limit for messages or faxes is reached; try again tomorrow or ask "
        "VoIP.ms to raise it."
    ),
    "location_already_exists": (
        "Another location has this name; choose a different one."
    ),
    "location_linked_to_subaccount": (
        "Sub-accounts still use this location; change them before deleting it."
    ),
    "location_not_found": "This location does not exist; choose another.",
    "max_phonebook": (
        "Your account allows no more than eight members that are SIP, IAX or SIP URI."
    ),
    "members_exceeded": "The phonebook is full; delete an entry first.",
    "member_already_included": "This member was added before.",
    "message_empty": "The message has no text; write something to send.",
    "message_not_found": (
        "This voicemail message does not exist; it may have been moved or deleted."
    ),
    "method_maintenance": "VoIP.ms is working on this function; try again later.",
    "mismatch_email_confirm": (
        "The two email addresses differ; enter the same one twice."
    ),
    "mismatch_password_confirm": "The two passwords differ; enter the same one twice.",
    "missing_account": (
        "The account is missing; choose your main account or a sub-account."
    ),
    "missing_address": "The address is missing; enter it.",
    "missing_agent_ring_timeout": (
        "The time to ring an agent of the queue is missing; give 5 to 60 seconds."
    ),
    "missing_allowedcodecs": "The allowed codecs are missing; choose at least one.",
    "missing_attachmessage": (
        "Say whether voicemail messages are attached to emails, yes or no."
    ),
    "missing_authtype": "The authentication type is missing; choose one.",
    "missing_balancemanagement": "The balance management is missing; choose one.",
    "missing_billingtype": (
        "The billing type is missing; choose 1 for per minute or 2 for flat rate."
    ),
    "missing_callback": "The callback is missing; choose one.",
    "missing_callerid": "The caller ID is missing; enter it.",
    "missing_callhunting": "The call hunting is missing; choose one.",
    "missing_callparking": "The call parking is missing; choose one.",
    "missing_callrecording": "The call recording is missing; choose one.",
    "missing_carrier": "The carrier is missing; choose one.",
    "missing_charge": "The amount to charge is missing; enter it.",
    "missing_choices": (
        "The choices of the IVR are missing; give a key and a destination for each."
    ),
    "missing_city": "The city is missing; enter it.",
    "missing_client": "The reseller client is missing; choose one.",
    "missing_cnam": "The CNAM setting is missing; turn it on or off.",
    "missing_codec": "The codec is missing; choose one.",
    "missing_conference": "The conference is missing; choose one.",
    "missing_country": "The country is missing; choose one.",
    "missing_countryid": "The country is missing; choose one that VoIP.ms lists.",
    "missing_credentials": "The email address or the API password is missing.",
    "missing_datetime": (
        "The date and time are missing; write them like 2026-03-31 18:30:00."
    ),
    "missing_delay_before": (
        "The delay before calling back is missing; give a number of seconds."
    ),
    "missing_deletemessage": "Say whether voicemail messages are deleted, yes or no.",
    "missing_description": "The description is missing; enter one.",
    "missing_devicetype": "The device type is missing; choose one.",
    "missing_dialtime": "The ring time is missing; give a number of seconds.",
    "missing_did": "The number is missing; choose one in your account.",
    "missing_digits": "The digits are missing; enter them.",
    "missing_digit_timeout": (
        "The time allowed between digits is missing; give a number of seconds."
    ),
    "missing_disa": "The DISA is missing; choose one.",
    "missing_dtmfmode": "The DTMF mode is missing; choose one.",
    "missing_email": "The email address is missing; enter it.",
    "missing_email_confirm": "The email address is needed a second time to confirm it.",
    "missing_enable": "Say whether to turn this on or off.",
    "missing_endhour": "The end hour is missing; give 0 to 23.",
    "missing_endminute": "The end minute is missing; give 0 to 59.",
    "missing_failover_busy": "The routing for a busy line is missing; choose one.",
    "missing_failover_noanswer": (
        "The routing for calls nobody answers is missing; choose one."
    ),
    "missing_failover_unreachable": (
        "The routing for an unreachable phone is missing; choose one."
    ),
    "missing_file": "The file is missing; add one.",
    "missing_filter": "The caller ID filter is missing; choose one.",
    "missing_firstname": "The first name is missing; enter it.",
    "missing_folder": "The folder is missing; choose one.",
    "missing_forwarding": "The forwarding is missing; choose one.",
    "missing_from_date": "The first date is missing; enter it.",
    "missing_fullname": "The full name is missing; enter it.",
    "missing_id": "The ID is missing; enter it.",
    "missing_if_announce_position_enabled_report_e": (
        "Say whether the queue announces the estimated wait, yes, no or once."
    ),
    "missing_internationalroute": (
        "The route for international calls is missing; choose one."
    ),
    "missing_ip": "IP authentication needs an IP address; enter one.",
    "missing_ip_h323": "H.323 needs an IP address; enter one.",
    "missing_ip_restriction": (
        "The addresses for the IP restriction are missing; enter at least one."
    ),
    "missing_ivr": "The IVR is missing; choose one.",
    "missing_join_when_empty": "Say whether callers may join an empty queue.",
    "missing_language": "The language is missing; choose one.",
    "missing_lastname": "The last name is missing; enter it.",
    "missing_leave_when_empty": "Say whether callers leave a queue that becomes empty.",
    "missing_length": "Say how many records to show.",
    "missing_listened": (
        "Say whether the voicemail message counts as listened to, yes or no."
    ),
    "missing_location": "The location is missing; choose one.",
    "missing_location_name": "The location needs a name; enter one.",
    "missing_lockinternational": (
        "The lock for international calls is missing; choose one."
    ),
    "missing_mailbox": "The voicemail is missing; choose one.",
    "missing_member": "The member is missing; choose one.",
    "missing_members": "A ring group needs at least one member; add one.",
    "missing_message_num": "The voicemail message is missing; choose one.",
    "missing_method": "The request did not say which function of VoIP.ms to use.",
    "missing_minute": "The rate per minute is missing; enter an amount.",
    "missing_monthly": "The monthly fee is missing; enter an amount.",
    "missing_musiconhold": "The music on hold is missing; choose one.",
    "missing_name": "The name is missing; enter one.",
    "missing_nat": "The NAT setting is missing; choose one.",
    "missing_number": "The phone number is missing; enter it.",
    "missing_numbers": "No valid phone number was given; enter at least one.",
    "missing_package": "The package is missing; choose one.",
    "missing_params": "Something required is missing; fill in every required field.",
    "missing_password": "The password is missing; enter one.",
    "missing_password_confirm": "The password is needed a second time to confirm it.",
    "missing_payment": "The amount of the payment is missing; enter it.",
    "missing_phonebook": "The phonebook entry is missing; choose one.",
    "missing_phonenumber": "The phone number is missing; enter all its digits.",
    "missing_pin": "The PIN is missing; enter one.",
    "missing_playinstructions": (
        "The setting for voicemail instructions is missing; it must be u or su."
    ),
    "missing_pop_restriction": (
        "The servers (POP) to allow are missing; choose at least one."
    ),
    "missing_priority": "The priority is missing; give a whole number.",
    "missing_priority_weight": "The priority of the queue is missing; give 1 to 60.",
    "missing_protocol": "The protocol is missing; choose one.",
    "missing_province": "The province is missing; choose one.",
    "missing_query": "The search text is missing; enter what to look for.",
    "missing_recording": "The recording is missing; choose one.",
    "missing_report_hold_time_agent": (
        "Say whether agents are told how long the caller waited."
    ),
    "missing_resellerclient": (
        "A reseller package needs a reseller client; choose one or leave the package "
        "empty."
    ),
    "missing_resellerpackage": (
        "A reseller client needs a reseller package; choose one or leave the client "
        "empty."
    ),
    "missing_response_timeout": (
        "The time to wait for input is missing; give a number of seconds."
    ),
    "missing_ringgroup": "The ring group is missing; choose one.",
    "missing_ring_inuse": (
        "Say how the queue treats members who are on a call, yes or no."
    ),
    "missing_ring_strategy": "The ring strategy is missing; choose one.",
    "missing_route": "The route is missing; choose one.",
    "missing_routing": "The routing is missing; choose where calls go.",
    "missing_saycallerid": "Say whether voicemail speaks the caller ID, yes or no.",
    "missing_saytime": "Say whether voicemail speaks the time of a message, yes or no.",
    "missing_serverpop": "The server (POP) is missing; choose one.",
    "missing_setup": "The setup fee is missing; enter an amount.",
    "missing_sipuri": "The SIP URI is missing; choose one.",
    "missing_skippassword": "Say whether voicemail skips the password, yes or no.",
    "missing_sms": "The text message is missing; choose one.",
    "missing_speed_dial": "The speed dial is missing; enter its digits.",
    "missing_start": "The start is missing; say where to begin.",
    "missing_starthour": "The start hour is missing; give 0 to 23.",
    "missing_startminute": "The start minute is missing; give 0 to 59.",
    "missing_state": "The state is missing; choose one.",
    "missing_street_name": "The street name is missing; enter it.",
    "missing_street_number": "The house number is missing; enter it.",
    "missing_thankyou_for_your_patience": (
        "Say whether the queue thanks callers for their patience, yes or no."
    ),
    "missing_timecondition": "The time condition is missing; choose one.",
    "missing_timeout": "The timeout is missing; give a number of seconds.",
    "missing_timezone": "The time zone is missing; choose one.",
    "missing_to_date": "The last date is missing; enter it.",
    "missing_transcription_email": (
        "Transcriptions need an email address to go to; enter one."
    ),
    "missing_transcription_locale": "Transcriptions need a language; choose one.",
    "missing_type": "The type is missing; choose one.",
    "missing_urgent": "Say whether the voicemail message counts as urgent, yes or no.",
    "missing_uri": "The address of the SIP URI is missing; enter it.",
    "missing_username": "The username is missing; enter one.",
    "missing_voicemailsetup": "The voicemail setup is missing; choose one.",
    "missing_weekdayend": "The last weekday is missing; choose one.",
    "missing_weekdaystart": "The first weekday is missing; choose one.",
    "missing_zip": "The ZIP or postal code is missing; enter it.",
    "moving_fail": "The fax could not be moved.",
    "name_toolong": "The name is too long; shorten it.",
    "non_sufficient_funds": "Your balance is too low for this; add funds at VoIP.ms.",
    "note_toolong": "The note is too long; shorten it.",
    "no_account": "No accounts were found.",
    "no_attachments": "No attachments were found.",
    "no_base64file": "The file did not arrive in base64; encode it that way.",
    "no_callback": "Your account has no callbacks.",
    "no_callhunting": "Your account has no call huntings.",
    "no_callparking": "Your account has no call parkings.",
    "no_callstatus": (
        "Choose at least one kind of call: answered, not answered, busy or failed."
    ),
    "no_cdr": "No calls match what you asked for.",
    "no_change_billingtype": "The billing type of this number cannot be changed.",
    "no_client": "Your account has no reseller clients.",
    "no_conference": "Your account has no conferences.",
    "no_did": "No numbers were found.",
    "no_disa": "Your account has no DISAs.",
    "no_emailtofax": "Your account has no addresses that turn email into faxes.",
    "no_filter": "Your account has no caller ID filters.",
    "no_folder": "Your account has no fax folders.",
    "no_forwarding": "Your account has no forwardings.",
    "no_ivr": "Your account has no IVRs.",
    "no_mailbox": "Your account has no voicemails.",
    "no_member": "No static members belong to the queue.",
    "no_message": "No faxes were found.",
    "no_messages": "No voicemail messages were found.",
    "no_numbers": "No fax numbers were found.",
    "no_package": "Your account has no packages.",
    "no_phonebook": "The phonebook is empty.",
    "no_phonebook_group": "The phonebook has no groups.",
    "no_provision": (
        "E911 could not be turned on; check the address and the other details."
    ),
    "no_provision_update": (
        "E911 could not be updated; check the address and the other details."
    ),
    "no_queue": "Your account has no queues.",
    "no_rate": "No rates were found.",
    "no_recording": "Your account has no recordings.",
    "no_ringgroup": "Your account has no ring groups.",
    "no_sequences": "Your account has no sequences.",
    "no_sipuri": "Your account has no SIP URIs.",
    "no_sms": "No text messages match what you asked for.",
    "no_timecondition": "Your account has no time conditions.",
    "no_transactions": "No transactions were found for these dates.",
    "no_vpri": "Your account has no vPRIs.",
    "order_failed": "The order did not go through.",
    "problem_sending_mail": "The email could not be sent; try again later.",
    "provider_outofservice": (
        "A provider that VoIP.ms relies on is out of service; try again later."
    ),
    "recording_in_use_caller_id_filtering": (
        "A caller ID filter uses this recording; change the filter first."
    ),
    "recording_in_use_caller_timecondition": (
        "A time condition uses this recording; change the time condition first."
    ),
    "recording_in_use_did": "A number uses this recording; change the number first.",
    "recording_in_use_ivr": "An IVR uses this recording; change the IVR first.",
    "recording_in_use_queue": "A queue uses this recording; change the queue first.",
    "repeated_ip": (
        "Another of your sub-accounts has this IP address and protocol; change one of "
        "them."
    ),
    "reserved_ip": (
        "This IP address belongs to VoIP.ms or another company; give one of your own."
    ),
    "rtp_timeout_greater_than_rtp_hold_timeout": (
        "The RTP timeout must not exceed the RTP timeout during hold; shorten it."
    ),
    "same_did_billingtype": "The number has this billing type already.",
    "sent_fail": "The fax could not be sent.",
    "sipuri_in_phonebook": (
        "The phonebook uses this SIP URI; delete its entry there first."
    ),
    "sms_apply_regulations": (
        "Rules for text messages kept this number from being changed; ask VoIP.ms "
        "support."
    ),
    "sms_failed": "The text message could not be sent.",
    "sms_toolong": "The text message is too long; use 160 characters at most.",
    "sms_wait_message": (
        "The text message settings of this number were not changed; wait a minute and "
        "try again."
    ),
    "tls_error": "The secure connection at VoIP.ms failed; try again later.",
    "Unable_to_purchase": "The numbers could not be bought.",
    "unavailable_info": (
        "VoIP.ms cannot give this information right now; try again later."
    ),
    "unsifficient_stock": "Too few numbers are in stock for this order; ask for fewer.",
    "used_description": "This description is already taken; choose another.",
    "used_email": "This email address is already taken; give another.",
    "used_extension": (
        "Another of your sub-accounts has this extension; choose a different one."
    ),
    "used_extension_in_location": (
        "Another of your sub-accounts has this extension in the same location; choose "
        "a different one."
    ),
    "used_filter": (
        "An entry with this filter already exists; change that one or give another."
    ),
    "used_ip": (
        "Another customer of VoIP.ms uses this IP address; give a different one."
    ),
    "used_name": "Another of your entries has this name; choose a different one.",
    "used_number": (
        "An entry with this phone number already exists; change that one or give "
        "another."
    ),
    "used_password": "This account had this password before; choose a new one.",
    "used_speed_dial": "Another entry has this speed dial; choose a different one.",
    "used_username": (
        "Another of your sub-accounts has this username; choose a different one."
    ),
    "weak_password": "This password is too easy to guess; choose a stronger one.",
}
