"""The sample shop: an invented retailer with knowledge, customers, orders and conversations."""
