"""Who works here: accounts, teams, agents, shifts and covers; who may see a call, and whom a flag goes to."""
