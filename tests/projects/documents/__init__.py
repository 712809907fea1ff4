"""Documents: one view model, four renderers that say the same."""
