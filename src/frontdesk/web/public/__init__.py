"""What anybody may call: sessions, health, the pages themselves."""
