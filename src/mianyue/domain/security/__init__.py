"""The ground of trust: encrypted fields with their keys, and the journal of every act."""
