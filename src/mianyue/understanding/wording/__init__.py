"""What a language model suggests for a letter → accepted sentences, or the name of the first rule that it breaks."""
