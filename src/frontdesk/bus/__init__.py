"""The bus: tickets of other systems come in by Kafka and go the road; what cannot go it is kept apart, whole."""
