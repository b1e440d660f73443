import * as problem from "../diagnostics/catalogue/binding.ts";
import { closest } from "../diagnostics/suggest.ts";
import type * as statements from "../parser/ast-statements.ts";
import { bindConstant, type Place } from "./place.ts";

/* set Name = value: https://learn.microsoft.com/kusto/api/rest/request-properties */

/** Properties that change no answer here, so that queries copied from a cluster run. */
const harmless = [
  "best_effort",
  "client_max_redirect_count",
  "client_results_reader_allow_varying_row_widths",
  "deferpartialqueryfailures",
  "materialized_view_shuffle",
  "materialized_view_shuffle_query",
  "max_memory_consumption_per_query_per_node",
  "maxmemoryconsumptionperiterator",
  "norequesttimeout",
  "push_selection_through_aggregation",
  "query_distribution_nodes_span",
  "query_fanout_nodes_percent",
  "query_fanout_threads_percent",
  "query_language",
  "query_log_query_parameters",
  "query_max_entities_in_union",
  "query_python_debug",
  "query_results_cache_force_refresh",
  "query_results_cache_max_age",
  "query_results_cache_per_shard",
  "query_results_progressive_enabled",
  "query_results_progressive_row_count",
  "query_results_progressive_update_period",
  "query_weakconsistency_session_id",
  "queryconsistency",
  "request_app_name",
  "request_description",
  "request_readonly",
  "request_readonly_hardline",
  "request_user",
  "results_error_reporting_placement",
  "results_progressive_enabled",
  "results_v2_fragment_primary_tables",
  "results_v2_newlines_between_frames",
  "servertimeout",
  "validatepermissions",
];

/** Properties that would change what a query answers, or whether it does. */
const refused = [
  "maxoutputcolumns",
  "query_cursor_after_default",
  "query_cursor_before_or_at_default",
  "query_cursor_current",
  "query_cursor_disabled",
  "query_cursor_scoped_tables",
  "query_datascope",
  "query_datetimescope_column",
  "query_datetimescope_from",
  "query_datetimescope_to",
  "query_force_row_level_security",
  "query_now",
  "query_results_apply_getschema",
  "request_block_row_level_security",
  "request_callout_disabled",
  "request_external_data_disabled",
  "request_external_table_disabled",
  "request_impersonation_disabled",
  "request_remote_entities_disabled",
  "request_sandboxed_execution_disabled",
  "truncation_max_size",
  "truncationmaxsize",
];

const limits = ["notruncation", "query_take_max_records", "truncation_max_records", "truncationmaxrecords"];
const bins = ["query_bin_auto_at", "query_bin_auto_size"];
const known = new Set([...harmless, ...refused, ...limits, ...bins]);

export function bindSet(statement: statements.SetOption, place: Place): void {
  const { context } = place;
  const given = statement.name.name;
  const name = given.toLowerCase();
  if (refused.includes(name)) context.report(problem.unsupportedSetOption(statement.span, given));
  else if (!known.has(name)) context.report(problem.unknownSetOption(statement.span, given, closest(name, [...known])));
  else if (bins.includes(name)) {
    const value = statement.value && bindConstant(statement.value, place, `the value of \`${given}\``);
    if (value) context.bins = { ...context.bins, [name === "query_bin_auto_at" ? "at" : "size"]: value };
    else if (!statement.value) context.report(problem.setOptionValue(statement.span, given));
  } else if (name === "notruncation") context.limits = { ...context.limits, whole: isOn(statement, place) };
  else if (limits.includes(name)) {
    const rows = rowsOf(statement, place);
    context.limits = { ...context.limits, ...(name === "query_take_max_records" ? { take: rows } : { most: rows }) };
  }
}

/** A flag without a value is on. */
function isOn({ value }: statements.SetOption, place: Place): boolean {
  return !value || bindConstant(value, place, "the value of `notruncation`")?.value !== false;
}

function rowsOf({ name, value, span }: statements.SetOption, place: Place): number | undefined {
  const bound = value && bindConstant(value, place, `the value of \`${name.name}\``);
  const rows = Number(bound?.value ?? Number.NaN);
  if (Number.isSafeInteger(rows) && rows > 0) return rows;
  if (!value || bound) place.context.report(problem.setOptionRows(span, name.name));
  return undefined;
}
