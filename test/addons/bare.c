// A library that is no addon.
int bare;
