# A cookie for latin-1, and an error.
# -*- coding: latin-1 -*-
x = "é" 5
