package io.muster.web;

/** Values that stand in the OpenAPI document as examples. */
final class Examples {

    static final String ID = "fecbcd75-d31e-48dd-bf86-c8ef1f936e13";
    static final String TIME = "2026-11-25T05:11:05.321Z";

    private Examples() {}
}
