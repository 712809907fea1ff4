"""The site: wiring, content pages and what belongs to no project or municipality."""
