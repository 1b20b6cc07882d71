"""What travels: requests, responses, events and errors, as tables. Imports nothing of ours."""
