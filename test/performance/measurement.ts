/** One figure of a benchmark; `ratio` compares it with `baseline`, measured in the same run. */
export type Measurement = {
  name: string;
  value: number;
  unit: string;
  baseline?: { name: string; value: number };
  ratio?: number;
  goal?: string;
  met?: boolean;
};
