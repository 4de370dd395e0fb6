"""What other systems are still to be told, written in the transaction of the change itself."""
