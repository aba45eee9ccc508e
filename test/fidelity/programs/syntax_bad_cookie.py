# -*- coding: nonsense-8 -*-
print("not printed")
