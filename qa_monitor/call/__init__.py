"""One live call: `switchboard` begins and ends calls, `pipeline` follows one from first frame to last flag."""
