"""The customers' portal: who proves a mailbox by a link sees what was written from it, and goes on writing."""
