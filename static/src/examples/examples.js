// Programs to start from.

import { newProgram } from "../program/program.js";
import dataclasses from "./dataclasses.py";
import hello from "./hello.py";
import input from "./input.py";
import numbers from "./numbers.py";
import plot from "./plot.py";
import tasks from "./tasks.py";
import tests from "./tests.py";

const WORDS = "the quick brown fox jumps over the lazy dog\nthe dog sleeps on while the fox is gone\n";

/** @type {{name: string, about: string, program: object}[]} */
export const EXAMPLES = [
  { name: "Hello", about: "The first line of everybody", program: newProgram(hello) },
  { name: "Input", about: "Words counted from standard input", program: newProgram(input, { stdin: WORDS }) },
  { name: "Plot", about: "A figure by matplotlib", program: newProgram(plot) },
  { name: "Asyncio", about: "Tasks that take turns, streamed", program: newProgram(tasks) },
  { name: "Dataclasses", about: "Records, sorted and printed", program: newProgram(dataclasses) },
  { name: "NumPy", about: "A hundred thousand dice", program: newProgram(numbers) },
  { name: "Tests", about: "unittest, with a failure to mend", program: newProgram(tests) },
];
