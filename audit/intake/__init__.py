"""问题清单: lists of people (找错 messages, evaluators' spreadsheets) into tickets, and back with what became of them."""
