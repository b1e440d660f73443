import type { Dynamic } from "../../../data/dynamic.ts";
import { type ComplexSeries, fourierTransform, inverseFourierTransform } from "../../algorithms/series/fourier.ts";
import { realArray } from "../../algorithms/series/numbers.ts";
import { family } from "../../family.ts";
import { rowwise } from "../../lift.ts";
import { Refusal } from "../../refusal.ts";
import { type Overload, optional, type ScalarFunction } from "../../signature.ts";
import { columnsOf, numbersOf, series } from "./kernels.ts";

const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

export const seriesFourierFunctions: readonly ScalarFunction[] = [
  define(
    {
      name: "series_fft",
      tuple: columnsOf("series_fft", { real: "dynamic", imag: "dynamic" }),
      columnsOnly: true,
    },
    "The Fourier transform of a series of complex numbers, as two columns: real and imaginary parts.",
    transform(fourierTransform),
  ),
  define(
    {
      name: "series_ifft",
      tuple: columnsOf("series_ifft", { real: "dynamic", imag: "dynamic" }),
      columnsOnly: true,
    },
    "The series of complex numbers that has this Fourier transform, as two columns: real and imaginary parts.",
    transform(inverseFourierTransform),
  ),
];

function transform(of: (series: ComplexSeries) => ComplexSeries): Overload {
  return rowwise([series, optional("series_imaginary", "dynamic")], "dynamic", (re, im) => {
    const real = numbersOf(re, 0);
    const imaginary = im === undefined ? real?.map(() => 0) : numbersOf(im, 1);
    if (!real || !imaginary) return null;
    if (real.length !== imaginary.length) throw new Refusal(1, "both parts of the series have the same length");
    const result = of({ real: Float64Array.from(real), imaginary: Float64Array.from(imaginary) });
    return [realArray(result.real), realArray(result.imaginary)] satisfies Dynamic;
  });
}
