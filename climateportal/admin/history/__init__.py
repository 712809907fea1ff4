"""What was changed in an object and its rows, and bringing any earlier state of them back."""
