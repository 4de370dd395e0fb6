"""One preamble, then binary samples: our own protocol and those of jambonz, FreeSWITCH, Vonage, LCA and Asterisk."""
