"""Documents for steering groups and municipalities: one view model, several thin renderers."""
