import streamlit as st

number = st.session_state.setdefault("number", 1)
with st.form(f"form {number}"):
    st.text_input(f"Value {number}")
    if st.form_submit_button("Continue"):
        st.session_state.number += 1
        st.rerun()
