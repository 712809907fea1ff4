"""Takes a plan of Kausal Watch over as projects; a second run brings them up to date."""
