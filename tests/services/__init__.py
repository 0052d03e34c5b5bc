"""The tests of the actions.

- calls: every action, with a value for each of its fields; the tests below share it.
- test_functions: the same promises checked for every action, on the wire.
- test_actions: single actions by hand: what they return, what they refuse, whom they obey.
- test_routing: voipms.set_did_routing, with numbers and devices as people give them.
- test_families: what an account holds, from being made to being deleted.
- test_updates: a change sends back, as it was read, what nobody meant to change.
- test_history: get_sms and get_mms over any range of days.
- test_cases: whole scripts, as a user writes them.
"""
