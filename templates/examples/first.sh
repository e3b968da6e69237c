curl '{{ site }}/api/v1/search?q=broadband&country=KZ&country=KG&size=2'
