#!/usr/bin/python3
# coding: utf-8
# A cookie that is right, an error after it, wide characters before the caret.
grün = "日本" + + (1 2)
