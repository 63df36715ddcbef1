"""Questions about pictures: fields, level curves, surfaces and maps of the plane."""
