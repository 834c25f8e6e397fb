import { beforeEach } from "vitest";

/** Large cases, which instrumented code would take minutes for; every one has small siblings. */
const LARGE = new RegExp(
  [
    "32-bit ids",
    "beyond the doubles",
    "over many samples",
    "numerical integration",
    "brute force, 3 terms",
    "as often as it says",
    "at least as often",
    "reaches the F bound",
    "not known to four decimals",
    "wherever it stops",
    "as if it had been drawn under it",
    "raises few false alarms",
    "as many as there are",
    "from draws that are worth many",
    "covers what came later",
    "where no standard errors are known",
    "no further than five",
    "a hundred thousand rows",
    "exact fit with four terms",
    "question difficulties share",
    "whatever the table",
    "are condensed, and give the same",
  ].join("|"),
);

// Here and not as a pattern of names: the mutation runner sets that itself.
beforeEach(({ task, skip }) => skip(LARGE.test(task.name)));
