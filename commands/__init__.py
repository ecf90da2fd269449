"""The commands of the program: each reads its call, has the work done, and shows the answer."""
