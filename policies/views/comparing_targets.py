"""One indicator over regions."""

from django import forms
from django.shortcuts import render
from django.utils.http import urlencode

from policies.selectors.comparing_targets import MOST, compare, shared_indicators
from policies.views.filters import LONGEST


class IndicatorForm(forms.Form):
    indicator = forms.CharField(
        label="指标含",
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput({"type": "search", "placeholder": "如 5G 基站", "autocomplete": "off"}),
    )


def compare_targets(request):
    """`?indicator=` holds words of an indicator; where none has them, indicators that several regions have."""
    form = IndicatorForm(request.GET)
    indicator = form.cleaned_data["indicator"] if form.is_valid() else ""
    comparison = compare(indicator, request.user) if indicator else None
    return render(
        request,
        "policies/compare_targets.html",
        {
            "section": "targets",
            "named_by": urlencode({"indicator": indicator}) if indicator else "",
            "form": form,
            "indicator": indicator,
            "comparison": comparison,
            "most": MOST,
            "shared": [] if comparison and comparison.total else shared_indicators(request.user),
        },
        status=200 if form.is_valid() else 400,
    )
