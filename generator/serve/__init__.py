"""The whole group at one local address, rebuilt when a file is saved."""
