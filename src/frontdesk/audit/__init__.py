"""What was done, by whom and from where: added in the transaction of the act, chained by a sealer, only ever read."""
