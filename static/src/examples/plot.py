"""Draws a figure, which is shown below the output."""

import math

import matplotlib.pyplot as plt

xs = [x / 50 for x in range(500)]
plt.plot(xs, [math.sin(x) for x in xs], label="sine")
plt.plot(xs, [math.sin(x) * math.exp(-x / 5) for x in xs], label="damped")
plt.title("Two waves")
plt.legend()
plt.show()
