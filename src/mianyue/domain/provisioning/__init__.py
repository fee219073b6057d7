"""From a confirmed hire to somebody who can punch on the first day: runs of visible, repeatable, reversible steps."""
