import { Decimal as Base } from "decimal.js";

/** Kusto's decimal: 34 significant digits. https://learn.microsoft.com/kusto/query/scalar-data-types/decimal */
export const Decimal = Base.clone({ precision: 34, rounding: Base.ROUND_HALF_EVEN, toExpNeg: -34, toExpPos: 34 });
export type Decimal = Base;
