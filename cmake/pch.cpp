// A translation unit to hang the precompiled header on.
