# A line ends within a bytes literal that is not ASCII.
x = b"café"
