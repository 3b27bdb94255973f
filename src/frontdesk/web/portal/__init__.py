"""The customers' portal: by a link in a mail into one's own tickets."""
