"""Who: municipalities, regions, organisations and the groups of people that steer climate work."""
