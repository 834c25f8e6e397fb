/** The rooms whose tests are put to the test, with the least share of changes, in per cent, that they must notice. */
export const ROOMS = { graph: 85, growth: 85, spectrum: 85, process: 85, theory: 85, fit: 80 };

export const leastScore = (room) => ROOMS[room];
